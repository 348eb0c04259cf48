/** What the trial picture says. */
export const TRIAL_TEXT = 'KAKOU';

// A version 1 QR at ECC H.
const MODULES = [
  '#######  ##   #######',
  '#     # ## #  #     #',
  '# ### # # ##  # ### #',
  '# ### # # ##  # ### #',
  '# ### # # # # # ### #',
  '#     # # #   #     #',
  '####### # # # #######',
  '            #        ',
  '  #  ##### ### ##### ',
  ' # #   ## #      #  #',
  '### # ## ######      ',
  '    ## #        #    ',
  '  ## ## # #  #     # ',
  '        #  #  ##  ###',
  '####### # # #  ##### ',
  '#     # #  # # # ## #',
  '# ### #  # #  ###  ##',
  '# ### #      #       ',
  '# ### # ###  ##  ####',
  '#     #    #  # #   #',
  '#######  # # #   ####',
];
const QUIET_ZONE = 4;
const PIXELS_PER_MODULE = 4;

/** A picture of one byte a pixel, row by row: 0 is black. */
interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** A small, clean QR: whoever cannot read this reads nothing. */
export function trialPicture(): Picture {
  const side = (MODULES.length + 2 * QUIET_ZONE) * PIXELS_PER_MODULE;
  const data = new Uint8Array(side * side).fill(255);
  for (let i = 0; i < data.length; i++) {
    const row = MODULES[moduleAt(Math.floor(i / side))];
    if (row?.[moduleAt(i % side)] === '#') data[i] = 0;
  }
  return { width: side, height: side, data };
}

function moduleAt(pixel: number): number {
  return Math.floor(pixel / PIXELS_PER_MODULE) - QUIET_ZONE;
}
