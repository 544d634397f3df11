/** What a company brings: an export of its tickets, the description of its API, and a list of candidates. */

const SUBJECTS = ["Rückerstattung fehlt", "Größe stimmt nicht", "Paket beschädigt", "Rechnung für März"];
const STATUSES = ["open", "pending", "solved"];
const NAMES = ["mueller", "schmidt", "novak", "rossi", "dubois", "silva"];

export const TICKET_ROWS = 60;
/** Larger than what a floating-point number tells apart: the last digits show whether ids stayed exact. */
export const FIRST_TICKET_ID = 900_719_925_474_099_101n;

export interface TicketExport {
  /** Latin-1, semicolons, CRLF; one row has too few fields, one too many. */
  bytes: Buffer;
  /** In it, and in nothing that candidates get. */
  emails: string[];
  cards: string[];
}

export function ticketExport(): TicketExport {
  const tickets = Array.from({ length: TICKET_ROWS }, (_, index) => ({
    id: String(FIRST_TICKET_ID + BigInt(index)),
    subject: SUBJECTS[index % SUBJECTS.length]!,
    status: STATUSES[index % STATUSES.length]!,
    email: `${NAMES[index % NAMES.length]}${Math.floor(index / 2)}@kunde.example`,
    card: cardNumber(index),
    createdAt: `2026-03-${String(1 + (index % 28)).padStart(2, "0")}T09:${String(index % 60).padStart(2, "0")}:00Z`,
  }));
  const rows = tickets.map((ticket) => Object.values(ticket).join(";"));
  rows[20] = rows[20]!.split(";").slice(0, 4).join(";");
  rows[40] += ";Überzähliges";
  const header = "ticket_id;subject;status;customer_email;card_number;created_at";
  return {
    bytes: Buffer.from(`${[header, ...rows].join("\r\n")}\r\n`, "latin1"),
    emails: tickets.map(({ email }) => email),
    cards: tickets.map(({ card }) => card),
  };
}

/** One that passes the check of its last digit, as payment cards do. */
function cardNumber(index: number): string {
  const body = `4000${String(12_345_678_901 + index * 7919)}`;
  const sum = [...body].reverse().reduce((total, digit, place) => {
    const value = place % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return body + ((10 - (sum % 10)) % 10);
}

/** @param title tells it from what others bring */
export function ticketApi(title: string): string {
  return `openapi: 3.0.3
info: { title: ${title}, version: 1.2.0 }
security: [{ key: [] }]
paths:
  /tickets:
    get:
      operationId: listTickets
      summary: Lists tickets, the oldest first
      parameters:
        - { name: status, in: query, schema: { type: string, enum: [open, pending, solved] } }
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 50, default: 20 } }
        - { name: offset, in: query, schema: { type: integer, minimum: 0, default: 0 } }
      responses:
        "200":
          description: One page
          content:
            application/json:
              schema:
                type: object
                required: [items, total]
                properties:
                  items: { type: array, items: { $ref: "#/components/schemas/Ticket" } }
                  total: { type: integer }
  /tickets/{ticketId}:
    get:
      operationId: getTicket
      summary: One ticket
      parameters:
        - { name: ticketId, in: path, required: true, schema: { type: string } }
      responses:
        "200":
          description: The ticket
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Ticket" }
        "404": { description: There is no such ticket }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Api-Key }
  schemas:
    Ticket:
      type: object
      required: [ticket_id, subject, status]
      properties:
        ticket_id: { type: string }
        subject: { type: string }
        status: { type: string, enum: [open, pending, solved] }
        customer_email: { type: string }
        created_at: { type: string, format: date-time }
`;
}
