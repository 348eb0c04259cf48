import files from 'virtual:precache/resident';
import { serveApp } from './serve-app.ts';

serveApp(files, '/resident/index.html');
