// Writes builtins_cases.tsv: calls of the standard library with what node answers.
//     node make_builtins_cases.js > builtins_cases.tsv
// A line: receiver (JSON, or @Name of a global), method, arguments (JSON array), what console.log prints of the
// result, or "!" and the message of the error. Values that JSON does not have are written {"$":"NaN"} and so on.
const util = require("util");
const special = { NaN, Infinity, "-Infinity": -Infinity, "-0": -0, undefined, hole: Symbol("hole") };
const revive = (v) => {
  if (Array.isArray(v)) {
    const out = new Array(v.length);
    v.forEach((x, i) => { if (!(x && x.$ === "hole")) out[i] = revive(x); });
    return out;
  }
  if (v && typeof v === "object") {
    if ("re" in v) return new RegExp(v.re, v.flags);
    if ("$" in v) return special[v.$];
    return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, revive(x)]));
  }
  return v;
};
const S = (name) => ({ $: name });
const cases = [];
const on = (receiver, method, ...argLists) => argLists.forEach((args) => cases.push([receiver, method, args]));

const text = "Hello, W\u00f6rld! \ud83d\ude00 a.b.c";
for (const s of [text, "", "abc", "  x\u00a0\u2028", "a,b,,c", "\u00dfa\u0130\u01c6", "stra\u00dfe", "\u039f\u03a3 \u03a3\u03a3 \u03a3", "\ud83d", "x$&y"]) {
  on(s, "toUpperCase", []); on(s, "toLowerCase", []); on(s, "trim", []); on(s, "trimStart", []); on(s, "trimEnd", []);
  on(s, "slice", [], [1], [-2], [1, -1], [3, 2], [S("NaN"), 2], [S("Infinity")], [S("-Infinity"), S("Infinity")], ["1", "3"]);
  on(s, "substring", [1], [3, 1], [-1, 2], [S("NaN"), 2], [2, S("undefined")]); on(s, "substr", [1], [-3, 2], [1, S("undefined")]);
  on(s, "split", [","], [""], [], [",", 2], ["", 3], [".", 0], ["b"], [S("undefined")], [",", -1]);
  on(s, "includes", ["b"], [""], ["o", 6], ["zz"]); on(s, "indexOf", ["b"], [""], ["", 99], ["o", 6], ["l", -5]); on(s, "lastIndexOf", ["l"], [""], ["l", 2], ["b", -1], ["a", S("NaN")]);
  on(s, "startsWith", ["He"], [""], ["b", 1]); on(s, "endsWith", ["c"], [""], ["b", 2]);
  on(s, "charAt", [0], [-1], [99], []); on(s, "charCodeAt", [0], [-1], [9], [16]); on(s, "codePointAt", [0], [16], [15], [99]); on(s, "at", [0], [-1], [99], [-99]);
  on(s, "padStart", [5], [8, "ab"], [3, ""], [10, "xyz"]); on(s, "padEnd", [5], [8, "ab"], [0, "x"]); on(s, "repeat", [0], [1], [3], [2.9], [-1], [S("Infinity")]);
  on(s, "replace", ["b", "X"], ["a", "[$&]"], ["b", "$`|$'"], ["", "_"], ["l", "$$"], ["zz", "y"], ["a", "$1"]);
  on(s, "replaceAll", ["l", "L"], ["", "-"], ["a", "$&$&"], [",", ""], ["b", "$`"]); on(s, "concat", [1, null], ["x", true]); on(s, "isWellFormed", []); on(s, "toWellFormed", []); on(s, "toString", []); on(s, "valueOf", []);
}
const arrays = [[], [1, 2, 3], [3, 1, 2, 10, 1], ["b", "a", S("undefined"), "c"], [1, S("hole"), 3], [[1, [2, [3]]], 4], [null, S("undefined"), S("NaN"), 0, "x"], ["z", 10, 9, 1, "B", true]];
for (const a of arrays) {
  on(a, "at", [0], [-1], [9]); on(a, "concat", [], [[4, 5], 6], [[[7]]]); on(a, "join", [], ["-"], [""], [S("undefined")], [null]); on(a, "toString", []);
  on(a, "slice", [], [1], [-2], [1, -1], [5, 1]); on(a, "includes", [1], [S("NaN")], [S("undefined")], [1, 1], ["x", -1]); on(a, "indexOf", [1], [S("NaN")], [3, -1], [S("undefined")]);
  on(a, "lastIndexOf", [1], [1, -2], [1, 0], [S("undefined")]); on(a, "flat", [], [2], [S("Infinity")], [0]); on(a, "reverse", []); on(a, "toReversed", []); on(a, "sort", []); on(a, "toSorted", []);
  on(a, "push", [1, 2], []); on(a, "pop", []); on(a, "shift", []); on(a, "unshift", [0], [7, 8, 9]); on(a, "splice", [], [1], [1, 1], [-1, 1, "n", "m"], [0, 0, "q"], [1, S("undefined")]); on(a, "toSpliced", [1, 1, "t"], [0], [9, 1, 2]);
  on(a, "fill", [0], [0, 1], [0, -2, -1]); on(a, "copyWithin", [0, 1], [1, 0, 2], [-1, 0]); on(a, "with", [0, "w"], [-1, "w"], [99, 1]); on(a, "hasOwnProperty", [0], ["length"], [1], [7]);
  on(a, "keys", []); on(a, "entries", []); on(a, "values", []);
}
const objects = [{}, { b: 1, 2: 2, a: 3, 1: 4, "-1": 5, "01": 6 }, { x: { y: { z: { w: 1 } } }, s: "it's", "a-b": [1, 2] }, { n: null, u: S("undefined"), nan: S("NaN"), z: S("-0") }];
for (const o of objects) {
  on("@Object", "keys", [o]); on("@Object", "values", [o]); on("@Object", "entries", [o]); on("@Object", "assign", [{ a: 0 }, o, null]); on("@Object", "hasOwn", [o, "a"], [o, 2], [o, "zz"]);
  on("@JSON", "stringify", [o], [o, null, 2], [o, null, "--"], [o, ["a", "x", "y", 2]], [[o, S("undefined")], null, 1]); on(o, "toString", []); on(o, "hasOwnProperty", ["b"]); on("@structuredClone", "", [o]);
  on("@Object", "getOwnPropertyNames", [o]); on("@Object", "isFrozen", [o]);
}
on("@Object", "keys", [null], ["ab"], [5], [[1, 2]]); on("@Object", "fromEntries", [[["a", 1], ["b", 2], ["a", 3]]], [[[1]]], [5], [[5]]); on("@Object", "is", [S("NaN"), S("NaN")], [0, S("-0")], ["a", "a"], [1, "1"]);
on("@Object", "entries", ["h\u00e9"], [S("undefined")]); on("@Array", "from", ["a\ud83d\ude00b"], [{ length: 2, 0: "q" }], [[1, S("hole"), 2]], [S("undefined")], [7]); on("@Array", "of", [1, 2], []); on("@Array", "isArray", [[]], [{}]);
const numbers = [0, S("-0"), 1, -1, 0.5, 1.5, 2.5, -2.5, 1.005, 0.1, 123.456, 1e21, 1e-7, 123456789012345680000, 5e-324, 1.7976931348623157e308, 0.000001, 4.35, 1.45, 1e100, 255, -255.5, 3.14159, S("NaN"), S("Infinity"), S("-Infinity"), 9007199254740993, 0.1 + 0.2, 100, 1e20, 999999999999999900000, 2 ** 53, 4294967296.5, 0.3];
for (const n of numbers) {
  on(n, "toString", [], [2], [16], [36], [7], [10]); on(n, "toFixed", [], [2], [0], [10], [20]); on(n, "toPrecision", [], [1], [3], [21]); on(n, "toExponential", [], [0], [5]); on(n, "valueOf", []);
  for (const f of ["abs", "ceil", "floor", "round", "trunc", "sign", "sqrt", "fround", "clz32"]) on("@Math", f, [n]);
  on("@Number", "isInteger", [n]); on("@Number", "isSafeInteger", [n]); on("@Number", "isFinite", [n]); on("@Number", "isNaN", [n]); on("@isNaN", "", [n]); on("@isFinite", "", [n]); on("@String", "", [n]); on("@JSON", "stringify", [n]);
}
on(1, "toFixed", [101], [-1]); on(1, "toString", [1], [37]); on(1, "toPrecision", [0], [101]); on(1, "toExponential", [101]);
on("@Math", "max", [], [1, 2], [S("NaN"), 1], [S("-0"), 0], [0, S("-0")], ["3", 2]); on("@Math", "min", [], [1, 2], [0, S("-0")]); on("@Math", "round", [-0.4], [0.49999999999999994], [-0.5], [4503599627370495.5], [1.4999999999999998]);
on("@Math", "pow", [2, 10], [1, S("Infinity")], [S("NaN"), 0], [-8, 1 / 3]); on("@Math", "hypot", [3, 4], [], [S("Infinity"), S("NaN")]); on("@Math", "imul", [0xffffffff, 5], [2, 4]); on("@Math", "atan2", [1, 1], [0, S("-0")]);
for (const s of ["", " 12 ", "0x1F", "0b101", "0o17", "1e3", ".5", "5.", "+3", "-0", "Infinity", "-Infinity", "1_000", "12px", "abc", "0x", "1e", "\u00a07\ufeff", "1e1000", "0.1e-400", "--1", "0b2", "infinity", "0xFFFFFFFFFFFFFFFFF", "9007199254740993", "-0x10", "1 2"])
  on("@Number", "", [s]), on("@parseFloat", "", [s]), on("@parseInt", "", [s], [s, 16], [s, 2], [s, 37], [s, 36], [s, 10]);
on("@parseInt", "", [null], [0.0000005], ["123", 1], [1e21], ["-0"]); on("@Number", "", [null], [S("undefined")], [true], [[]], [[5]], [[1, 2]], [{}], []);
on("@String", "", [null], [S("undefined")], [[1, [2, 3]]], [{}], [true], [], [[null, S("undefined"), 1]]); on("@String", "fromCharCode", [65, 66], [0x20ac, 65601], []); on("@String", "fromCodePoint", [128512, 65], [-1], [1.5]); on("@Boolean", "", [0], [""], ["a"], [S("NaN")], [[]], []);
for (const s of ["a b&c=d/e?f", "\u00e9\u20ac\ud83d\ude00", "-_.!~*'()", ";/?:@&=+$,#", "\ud83d", ""]) for (const f of ["encodeURIComponent", "encodeURI"]) on("@" + f, "", [s]);
for (const s of ["%41%20", "%C3%A9", "%F0%9F%98%80", "%", "%zz", "%C3", "%2F%3B", "a+b", "%ED%A0%80", "%C0%80"]) for (const f of ["decodeURIComponent", "decodeURI"]) on("@" + f, "", [s]);
for (const s of ["1", " [1, 2] ", '{"a":{"b":[]}}', '"\\u00e9\\n\\ud83d"', "-0", "1e400", '{"a":1,"a":2}', '{"__proto__":1}', "true", "null", "[1,]", "{", "", "01", '{"a":1,}', "[1 2]", "nul", "undefined", '"a\nb"', '"\\x"', "-", "1.", "1e", "{1:2}", '{"a" 1}', "[1,2,3,4,5,6,7,8,9,x,1,1,1,1,1]", "x123456789012345678901234567890", "[123456789012345678901234567890,x]", "1 2", '{"k":"v"}}']) on("@JSON", "parse", [s]);
on("@JSON", "stringify", ["\u2028\ud83d\u0007\"\\/"], [S("undefined")], [[S("undefined"), S("NaN"), S("-0"), S("hole")]], ["\ud83d\ude00"], [{ a: [], b: {}, c: [[]] }, null, 2], [[1, [2]], null, 20], [{ a: 1 }, null, "\t"], [{}, null, 2], [[], null, 2]);
on([5, 1, 4], "nope", []); on("s", "nope", []); on(5, "toFixed", ["2"], [{}]); on(true, "toString", []); on([1, [2]], "toLocaleString", []);
const RE = (re, flags = "") => ({ re, flags });
const patterns = [RE("a"), RE("a", "g"), RE("", "g"), RE("(a)|(b)", "g"), RE("\\d+"), RE("\\s+", "g"), RE("^x", "gm"), RE("$", "gm"), RE(".", "gs"), RE(".", "gu"), RE("."), RE("[^]", "g"), RE("[]"),
  RE("(?<year>\\d{4})-(?<month>\\d\\d)"), RE("(\\w+)@(\\w+)\\.com", "g"), RE("[a-z]+", "gi"), RE("\\bfoo\\b", "i"), RE("a{2,3}", "g"), RE("a{,2}"), RE("x{", "g"), RE("[\\w-]+", "g"), RE("[\\d-x]+", "g"), RE("\\u0061|\\x62", "g"),
  RE("(?:a|b)+?c"), RE("(?=b)", "g"), RE("(?<!a)b", "g"), RE("(?<=a)b", "g"), RE("([ab])\\1"), RE("(?<q>['\"]).*?\\k<q>", "g"), RE("\\$\\{([^}]+)\\}", "g"), RE("^\\s*$"), RE("\\ud83d"), RE("\\u{1f600}", "u"), RE("[\ud83d\ude00]", "u"),
  RE("\u00e9", "i"), RE("\u00c9", "gi"), RE("[^a]", "gi"), RE("\\W", "g"), RE("\\S", "g"), RE("[\\s\\S]", "g"), RE("[^\\s]+", "g"), RE("\\v|\\f"), RE("\\/"), RE("a", "y"), RE("a", "gy"), RE("(z)((a|b)c?)*"), RE("\\0"), RE("\\cJ"), RE("]"), RE("}"), RE("a|"), RE("(?:)"), RE("\\p{L}+", "gu"), RE("\\p{Lu}", "u"), RE("\\P{L}", "gu"), RE("[\\]\\-[]", "g"), RE("[[:a]"), RE("\\e\\h"), RE("\\10"), RE("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\\10"), RE("[\\b]"), RE("-|--", "g"), RE("\\.", "g"), RE("[.]$"), RE("(\\d+)(?!px)", "g")];
const subjects = ["", "a", "abcabc", "aaab b", "x\nx\r\ny\u2028x", "2024-05-06", "me@b.com, you@c.com", "Foo foo FOO", "a-b_c d", "caf\u00e9 CAF\u00c9", "\ud83d\ude00x\ud83d", "'it' \"is\"", "${a} and ${b.c}", "\t \u00a0\ufeffz\u200b", "zaacbbbcac", "100px 20em", "a/b\\c", "x{y}[z]", "abcdefghijj", "10.0.0.1/24"];
for (const r of patterns) for (const s of subjects) {
  if (r.flags.includes("u") && !s.isWellFormed()) continue; // PCRE2 never matches a lone surrogate in its UTF mode
  on(r, "exec", [s]); on(r, "test", [s]); on(s, "match", [r]); on(s, "search", [r]); on(s, "split", [r], [r, 2]); on(s, "replace", [r, "<$&|$1|$2|$`|$'|$$|$<year>|$10|$01>"]);
  if (r.flags.includes("g")) on(s, "replaceAll", [r, "-"]);
}
for (const r of patterns) on(r, "toString", []);
for (const bad of ["(", ")", "[", "a**", "*", "a{2}{3}", "(?<n>a)(?<n>b)", "[z-a]", "\\", "(?<a", "(?i)a", "a++", "(*F)", "x{2,1}"]) on("@RegExp", "", [bad]);
on("@RegExp", "", ["a", "gg"], ["a", "q"], ["\\1", "u"], ["{", "u"], ["\\q", "u"], ["(?<x>a)\\k<y>"], [], [""]);
let seed = 7; // structures of all shapes, for the layout of console.log
const random = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
const words = ["a", "name", "aws_instance", "x-y", "it's", "line\nbreak", "a longer string that goes on and on until it is longer than a line of text, surely", "\u00e9", "\u65e5\u672c", "\ud83d\ude00", "12", "", "say \"hi\" it's"];
const word = () => words[Math.floor(random() * words.length)];
const shape = (depth) => {
  const t = random();
  if (depth > 4 || t < 0.15) return Math.floor(random() * 1000) / 10;
  if (t < 0.35) return word();
  if (t < 0.65) { const kind = random(); return Array.from({ length: Math.floor(random() * random() * 20) }, () => (kind < 0.3 ? Math.floor(random() * random() * 1e5) : kind < 0.5 ? word() : shape(depth + 1))); }
  return Object.fromEntries(Array.from({ length: Math.floor(random() * 7) }, (_, i) => [word() + (random() < 0.3 ? i : ""), shape(depth + 1)]));
};
for (let i = 0; i < 150; i++) on("@Object", "assign", [{}, { v: shape(0) }]);
on("@Array", "from", [{ length: 101 }], [{ length: 120 }]);
const lines = cases.map(([receiver, method, args]) => {
  let out;
  try {
    const target = typeof receiver === "string" && receiver[0] === "@" ? globalThis[receiver.slice(1)] : revive(receiver);
    const values = revive(args);
    const result = method === "" ? target(...values) : target[method](...values);
    const shown = util.inspect(result);
    const after = Array.isArray(target) ? " now " + util.inspect(target) : "";
    out = shown + after;
  } catch (e) {
    out = "!" + (e.message.includes("is not a function") ? "not a function" : e.message);
  }
  return [JSON.stringify(receiver), method, JSON.stringify(args), JSON.stringify(out)].join("\t");
});
process.stdout.write(lines.filter((l) => !l.includes("toLocaleString")).join("\n") + "\n");
