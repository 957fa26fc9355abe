// Writes case_table.h: the upper and lower case of every code point, as node's Unicode tables have it.
//     node make_case_table.js > case_table.h
const ranges = { upper: [], lower: [] };
const special = { upper: [], lower: [] };
for (const [name, fold] of [["upper", (s) => s.toUpperCase()], ["lower", (s) => s.toLowerCase()]]) {
  let open = null;
  for (let cp = 0x80; cp <= 0x10ffff; cp++) {
    if (cp >= 0xd800 && cp <= 0xdfff) continue;
    const text = String.fromCodePoint(cp);
    const folded = fold(text);
    if (folded === text) continue;
    const points = [...folded].map((c) => c.codePointAt(0));
    if (points.length > 1) {
      special[name].push([cp, ...points]);
      continue;
    }
    const delta = points[0] - cp;
    const stride = open ? cp - open.last : 0;
    if (open && open.delta === delta && (stride === 1 || stride === 2) && (open.stride === 0 || open.stride === stride)) {
      open.last = cp;
      open.stride = stride;
    } else {
      open = { first: cp, last: cp, delta, stride: 0 };
      ranges[name].push(open);
    }
  }
}
const out = [];
out.push("/* builtins/case_table.h: made by make_case_table.js; do not edit.");
out.push(" *");
out.push(" * Ranges {first, last, stride, delta} of code points that map to one code point, and the special ones that map to");
out.push(" * several. Below U+0080 the code knows. */");
for (const name of ["upper", "lower"]) {
  out.push(`static const case_range ${name}_ranges[] = {`);
  for (const r of ranges[name]) out.push(`    {0x${r.first.toString(16)}, 0x${r.last.toString(16)}, ${r.stride || 1}, ${r.delta}},`);
  out.push("};");
  out.push(`static const case_special ${name}_specials[] = {`);
  for (const s of special[name]) out.push(`    {0x${s[0].toString(16)}, {${s.slice(1).map((p) => "0x" + p.toString(16)).join(", ")}}},`);
  out.push("};");
}
console.log(out.join("\n"));
