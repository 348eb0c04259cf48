/** A device as addresses name it: the thumbprint of its key. What is none is not found. */
export const DEVICE_PATH = '/devices/:device{[\\w-]{43}}';
