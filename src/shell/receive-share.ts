import { keepSharedPicture } from '../device/shared-picture.ts';

/**
 * Answers the form that the system posts when a picture is shared with the scanner (Web
 * Share Target): keeps the picture, and opens the app, which takes it, or says that none came.
 */
export async function receiveShare(request: Request): Promise<Response> {
  try {
    await keepSharedPicture(await request.formData(), Date.now() / 1000);
  } catch {
    // A full disk, or no form at all: the app finds no picture.
  }
  return Response.redirect('/?shared', 303);
}
