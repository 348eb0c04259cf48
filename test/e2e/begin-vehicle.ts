import type { Page } from 'playwright';

/** A vehicle comes, whose people are scanned next. */
export async function beginVehicle(page: Page, plate: string): Promise<void> {
  await page.getByRole('button', { name: '车辆' }).click();
  await page.getByRole('textbox', { name: '车牌号码' }).fill(plate);
  await page.getByRole('button', { name: '开始：请司机先扫' }).click();
}

/** Those on the strip, as "seat verdict". */
export function occupants(page: Page): Promise<string[]> {
  return page
    .locator('[data-occupant]')
    .evaluateAll((all) =>
      all.map((one) => `${one.getAttribute('data-seat')} ${one.getAttribute('data-occupant')}`),
    );
}
