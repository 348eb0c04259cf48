import { documentNumberProblem, type IdentityDocument } from '../../core/identity-document.ts';
import { problem } from '../problem.ts';
import type { CorrectionRefusal } from '../residents/declare/correct.ts';
import type { DeclareRefusal } from '../residents/declare/declare.ts';

/** With a number that cannot be: why. */
export function refusedDeclaration(
  reason: DeclareRefusal | CorrectionRefusal,
  { type, number }: IdentityDocument,
): Response {
  const detail = reason === 'id-invalid' ? documentNumberProblem(type, number) : undefined;
  return problem(reason, detail ? { detail } : {});
}
