import { type CarriedRefusal, carriedText, parseCarried } from '../../core/record/carried.ts';
import { type HandedIn, handIn } from '../../core/record/hand-in.ts';
import type { Parcel, TakenAnswer } from '../../device/carry.ts';
import { openCounter } from '../../device/counter.ts';
import type { Keeper } from '../../device/keeper.ts';
import type { Fetch } from '../../device/request.ts';
import type { Enrolment } from '../../device/schema.ts';

/** What came of a file that somebody brought. */
export type FileOutcome =
  | { readonly kind: 'refused'; readonly problem: CarriedRefusal | 'not-enrolled' | 'disk' }
  | { readonly kind: 'answer'; readonly taken: TakenAnswer }
  | { readonly kind: 'records'; readonly handed: HandedIn; readonly parcel: Parcel };

export interface TakeFileDeps {
  readonly keeper: Keeper;
  readonly enrolment: Enrolment | undefined;
  readonly network: Fetch;
  /** @returns whether a fault was the disk's. */
  readonly blame: (fault: unknown) => boolean;
  readonly onProgress: (done: number, all: number) => void;
}

/** Takes an answer, or hands in the records of another post. */
export async function takeFile(
  file: File,
  { keeper, enrolment, network, blame, onProgress }: TakeFileDeps,
): Promise<FileOutcome> {
  const parsed = parseCarried(await file.text());
  if (!parsed.ok) return { kind: 'refused', problem: parsed.reason };
  const carried = parsed.value;
  if (carried.kakou === 'records') {
    const handed = await handIn(carried, openCounter(network), onProgress);
    const name = file.name.replace(/^(kakou-)?(records-)?/, 'kakou-answer-');
    const parcel = { name, text: carriedText(handed.answer), count: handed.safe };
    return { kind: 'records', handed, parcel };
  }
  if (!enrolment) return { kind: 'refused', problem: 'not-enrolled' };
  try {
    return { kind: 'answer', taken: await keeper.take(enrolment, carried) };
  } catch (fault) {
    if (blame(fault)) return { kind: 'refused', problem: 'disk' };
    throw fault;
  }
}
