// The line to the authority: it comes behind the camera, which needs nothing of it.
export { createCourier } from '../../device/courier.ts';
export { refresh } from '../../device/refresh.ts';
