// The front door of this folder: codes and links that prove that somebody reads an address.
export { emailCodeMethod, smsCodeMethod } from './email-code.method.ts'
export { type CodeOutcome, type Proof, type ProofStore, proofStore, removeOldProofs, useProof } from './email-code.store.ts'
export {
  codeMac,
  insertProofs,
  isLinkOf,
  kinds,
  makeNoticeLink,
  makeProof,
  type ProofRow,
  type Purpose,
  proofsParameter,
  readCode,
  readLink,
} from './proof.ts'
