import { signal } from '@preact/signals';
import * as v from 'valibot';
import { Areas } from '../../core/protocol/residents.ts';
import type { Language } from './language.ts';

type Names = Readonly<Record<Language, string>>;

/** Hubei's divisions (GB/T 2260), and the counties of Xiangyang, by the longest prefix. */
const AREAS: Readonly<Record<string, Names>> = {
  '42': { zh: '湖北省', en: 'Hubei' },
  '4201': { zh: '武汉市', en: 'Wuhan' },
  '4202': { zh: '黄石市', en: 'Huangshi' },
  '4203': { zh: '十堰市', en: 'Shiyan' },
  '4205': { zh: '宜昌市', en: 'Yichang' },
  '4206': { zh: '襄阳市', en: 'Xiangyang' },
  '4207': { zh: '鄂州市', en: 'Ezhou' },
  '4208': { zh: '荆门市', en: 'Jingmen' },
  '4209': { zh: '孝感市', en: 'Xiaogan' },
  '4210': { zh: '荆州市', en: 'Jingzhou' },
  '4211': { zh: '黄冈市', en: 'Huanggang' },
  '4212': { zh: '咸宁市', en: 'Xianning' },
  '4213': { zh: '随州市', en: 'Suizhou' },
  '4228': { zh: '恩施州', en: 'Enshi' },
  '420602': { zh: '襄城区', en: 'Xiangcheng District' },
  '420606': { zh: '樊城区', en: 'Fancheng District' },
  '420607': { zh: '襄州区', en: 'Xiangzhou District' },
  '420624': { zh: '南漳县', en: 'Nanzhang County' },
  '420625': { zh: '谷城县', en: 'Gucheng County' },
  '420626': { zh: '保康县', en: 'Baokang County' },
  '420682': { zh: '老河口市', en: 'Laohekou' },
  '420683': { zh: '枣阳市', en: 'Zaoyang' },
  '420684': { zh: '宜城市', en: 'Yicheng' },
  '429004': { zh: '仙桃市', en: 'Xiantao' },
  '429005': { zh: '潜江市', en: 'Qianjiang' },
  '429006': { zh: '天门市', en: 'Tianmen' },
  '429021': { zh: '神农架林区', en: 'Shennongjia' },
};

const KEPT = 'kakou-resident-areas';

/** The authority's list as this phone last had it, which headquarters extends; by code. */
const listed = signal<ReadonlyMap<string, Names>>(keptAreas());

/** From now on these are called so, without a network too. */
export function keepAreas(areas: Areas): void {
  listed.value = byCode(areas);
  try {
    localStorage.setItem(KEPT, JSON.stringify(areas));
  } catch {
    // Storage is barred: the names last as long as the page.
  }
}

function keptAreas(): ReadonlyMap<string, Names> {
  try {
    return byCode(v.parse(Areas, JSON.parse(localStorage.getItem(KEPT) ?? '[]')));
  } catch {
    return new Map();
  }
}

function byCode(areas: Areas): ReadonlyMap<string, Names> {
  return new Map(areas.map((area) => [area.code, area]));
}

/** Whether all of it has a name here: of a county that headquarters added, only the city may. */
export function isNamed(area: string): boolean {
  const city = area.endsWith('00') && area.slice(0, 4) in AREAS;
  return listed.value.has(area) || area in AREAS || city;
}

/** `襄阳市樊城区` or `Fancheng District, Xiangyang`; a code that is not listed stands as it is. */
export function areaName(area: string, language: Language): string {
  const name = listed.value.get(area);
  if (name) return name[language];
  const [county, city, province] = [6, 4, 2].map((length) => AREAS[area.slice(0, length)]);
  const names = [county, city].flatMap((name) => (name ? [name[language]] : []));
  if (names.length > 0) return language === 'zh' ? names.reverse().join('') : names.join(', ');
  return province ? `${province[language]} ${area}` : area;
}
