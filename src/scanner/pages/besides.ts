export { EnrolPage } from './enrol.tsx';
export { NoCodePage } from './no-code.tsx';
export { SettingsPage } from './settings.tsx';
