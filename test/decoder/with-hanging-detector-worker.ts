import './with-hanging-detector.ts';
import '../../src/decoder/worker.ts';
