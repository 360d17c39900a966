// Parse a GIFT file as gift-pegjs does and print what it found.
const { parse } = require("gift-pegjs");
const text = require("node:fs").readFileSync(process.argv[2], "utf8");
try {
  process.stdout.write(JSON.stringify(parse(text)));
} catch (error) {
  process.stderr.write(`${error.message} at line ${error.location?.start.line}\n`);
  process.exit(1);
}
