// Once these are loaded, records leave and come as files even where the caches are lost.
import '../../device/carry.ts';
import '../state/take-file.ts';
import './help.css';
import './measure.css';
import './shift.css';

export { BadgeAsked, BadgeNotice } from '../components/asked-badge.tsx';
export { OverrideButton, OverrideReasons } from '../components/override.tsx';
export { ScanTools } from '../components/scan-tools.tsx';
export { attend } from '../state/attend.ts';
export { EnrolPage } from './enrol.tsx';
export { FeversPage } from './fevers.tsx';
export { HelpPage } from './help.tsx';
export { MeasurePage } from './measure.tsx';
export { NoCodePage } from './no-code.tsx';
export { SettingsPage } from './settings.tsx';
export { ShiftPage } from './shift.tsx';
export { StatePage } from './state.tsx';
export { TodayPage } from './today.tsx';
export { TourPage } from './tour.tsx';
export { VehiclePage } from './vehicle.tsx';
export { VerdictPage } from './verdict.tsx';
