import { z } from "zod";

// Compiled parsers need `new Function`, which the pages' content security policy forbids.
z.config({ jitless: true });
