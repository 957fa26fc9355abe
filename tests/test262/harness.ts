/* What tests of test262 call, written for this language: run-test262 puts an import of the names that a test uses before
 * its text. The names are those that test262's INTERPRETING.md and its harness give them.
 *
 * To add an include: export its functions here, and name it in INCLUDES of run-test262.                        */

export class Test262Error extends Error {
  constructor(message?: string) {
    super(message);
    this.name = "Test262Error";
  }

  static thrower(message?: string): never {
    throw new Test262Error(message);
  }
}

/** NaN is itself, and -0 is not 0. */
function isSame(a: any, b: any): boolean {
  return a === b ? a !== 0 || 1 / a === 1 / b : a !== a && b !== b;
}

/** A value for a message: never fails, whatever the value is. */
function shown(value: any): string {
  if (value === 0 && 1 / value < 0) return "-0";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "function " + value.name;
  if (Array.isArray(value)) return "[" + value.map(shown).join(", ") + "]";
  try {
    return String(value);
  } catch (error) {
    return "an object";
  }
}

function fail(message: string | undefined, what: string): never {
  throw new Test262Error(message ? what + ": " + message : what);
}

function isTrue(value: any, message?: string): void {
  if (value !== true) fail(message, "expected true, not " + shown(value));
}

function sameValue(actual: any, expected: any, message?: string): void {
  if (!isSame(actual, expected)) fail(message, "expected " + shown(expected) + ", not " + shown(actual));
}

function notSameValue(actual: any, unexpected: any, message?: string): void {
  if (isSame(actual, unexpected)) fail(message, "expected another value than " + shown(unexpected));
}

/** The error must be one of `kind` itself: a subclass is a failure. */
function throwsKind(kind: any, run: () => any, message?: string): void {
  let thrown: any;
  let failed = false;
  try {
    run();
  } catch (error) {
    thrown = error;
    failed = true;
  }
  if (!failed) fail(message, "expected " + kind.name + ", and nothing was thrown");
  if (typeof thrown !== "object" || thrown === null) fail(message, "expected " + kind.name + ", not " + shown(thrown));
  if (thrown.constructor !== kind) fail(message, "expected " + kind.name + ", not " + shown(thrown));
}

function isSameArray(actual: any, expected: any): boolean {
  if (actual.length !== expected.length) return false;
  for (let i = 0; i < actual.length; i++) {
    if (!isSame(actual[i], expected[i])) return false;
  }
  return true;
}

function sameArray(actual: any, expected: any, message?: string): void {
  if (actual === null || typeof actual !== "object") fail(message, "expected an array, not " + shown(actual));
  if (!isSameArray(actual, expected)) fail(message, "expected " + shown(expected) + ", not " + shown(actual));
}

export const assert = Object.assign(isTrue, { sameValue, notSameValue, throws: throwsKind, compareArray: sameArray });
export const compareArray = isSameArray;

/** The end of a test with the flag 'async': the runner waits for the line. */
export function $DONE(error?: any): void {
  console.log(error ? "Test262:AsyncTestFailure:" + shown(error) : "Test262:AsyncTestComplete");
}

/** Stands in tests that must be refused, and so is never called. */
export function $DONOTEVALUATE(): never {
  throw new Test262Error("this program must be refused");
}
