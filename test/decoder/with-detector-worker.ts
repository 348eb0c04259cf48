import './with-detector.ts';
import '../../src/decoder/worker.ts';
