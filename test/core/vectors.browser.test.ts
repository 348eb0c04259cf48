import { testVectors } from '../vectors/suite.ts';

await testVectors();
