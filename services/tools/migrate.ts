/** `node services/tools/migrate.ts`: applies what is missing to WORKSAMPLE_DATABASE_URL. */
import { migrate } from "../shared/db/migrate.ts";

const url = process.env.WORKSAMPLE_DATABASE_URL;
if (!url) {
  console.error(
    "WORKSAMPLE_DATABASE_URL is not set: name the database to migrate, for example postgres://user:password@localhost:5432/worksample",
  );
  process.exit(1);
}
const applied = await migrate(url);
console.log(applied.length === 0 ? "The schema is up to date." : `Applied ${applied.join(", ")}.`);
