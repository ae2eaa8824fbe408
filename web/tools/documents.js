/** Builds the pages with Swagger UI and Redoc into dist-documents. */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const WEB = new URL("../", import.meta.url);
const OUTPUT = new URL("dist-documents/", WEB);
const SWAGGER = new URL("node_modules/swagger-ui-dist/", WEB);
const REDOC = new URL("node_modules/redoc/", WEB);

rmSync(OUTPUT, { recursive: true, force: true });
cpSync(new URL("documents/", WEB), OUTPUT, { recursive: true });
for (const name of ["swagger-ui-bundle.js", "swagger-ui.css", "LICENSE", "NOTICE"]) {
  cpSync(new URL(name, SWAGGER), new URL(`swagger/${name}`, OUTPUT));
}
for (const page of ["swagger/", "redoc/"]) {
  cpSync(new URL("favicon-32x32.png", SWAGGER), new URL(`${page}favicon-32x32.png`, OUTPUT));
}
cpSync(new URL("LICENSE", REDOC), new URL("redoc/LICENSE", OUTPUT));

// Replaces Redoc's external logo with an empty image.
const LOGO = /"https:\/\/cdn\.redoc\.ly\/[^"]*"/g;
const EMPTY = `"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"`;
const script = readFileSync(new URL("bundles/redoc.standalone.js", REDOC), "utf8");
const found = script.match(LOGO)?.length ?? 0;
if (found !== 1) {
  console.log(`expected one external logo in Redoc's bundle, found ${found}`);
  process.exit(1);
}
writeFileSync(
  new URL("redoc/redoc.standalone.js", OUTPUT),
  script.replace(LOGO, () => EMPTY),
);
