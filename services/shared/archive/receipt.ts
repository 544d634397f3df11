import { type Receipt, ReceiptStatement } from "../contracts/receipt.ts";
import { isSignedText, type PublicKey, type SigningKey, signText } from "./signing-key.ts";

export function signReceipt(statement: ReceiptStatement, key: SigningKey): Receipt {
  const ordered = ReceiptStatement.parse(statement);
  const signature = signText(JSON.stringify(ordered), key);
  return { statement: ordered, keyId: key.keyId, publicKey: key.publicKey, signature };
}

/** Whether the receipt is signed by `trusted`, or without it by the key that it carries itself. */
export function isSignedReceipt(receipt: Receipt, trusted?: PublicKey): boolean {
  if (trusted && (trusted.publicKey !== receipt.publicKey || trusted.keyId !== receipt.keyId)) return false;
  return isSignedText(JSON.stringify(ReceiptStatement.parse(receipt.statement)), receipt.signature, receipt);
}
