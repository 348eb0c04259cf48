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

/** A small, clean QR: whoever cannot read this reads nothing. */
export function trialPicture(): ImageData {
  const side = (MODULES.length + 2 * QUIET_ZONE) * PIXELS_PER_MODULE;
  const image = new ImageData(side, side);
  const pixels = new Uint32Array(image.data.buffer).fill(0xffffffff);
  for (let i = 0; i < pixels.length; i++) {
    const row = MODULES[moduleAt(Math.floor(i / side))];
    if (row?.[moduleAt(i % side)] === '#') pixels[i] = 0xff000000;
  }
  return image;
}

function moduleAt(pixel: number): number {
  return Math.floor(pixel / PIXELS_PER_MODULE) - QUIET_ZONE;
}
