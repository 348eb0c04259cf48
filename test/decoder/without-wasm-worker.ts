import './without-wasm.ts';
import '../../src/decoder/worker.ts';
