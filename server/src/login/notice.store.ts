import { insertProofs, proofsParameter } from '../credentials/email-code/email-code.ts'
import type { Tx } from '../db/database.ts'
import { insertMessages, messagesParameter } from '../mail/mail.ts'
import type { Notice } from './new-session.ts'

/** Writes a notice in the transaction of the change that it tells of. */
export const writeNotice = async (tx: Tx, { messages, proofs }: Notice): Promise<void> => {
  await tx.text(`with sent as (${insertMessages('$1')}), proved as (${insertProofs('$2')}) select 1`, [
    messagesParameter(...messages),
    proofsParameter(...proofs),
  ])
}
