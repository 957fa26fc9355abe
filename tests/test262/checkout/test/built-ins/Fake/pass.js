/*---
description: every function of the harness, when all is well
includes: [compareArray.js]
---*/
assert(true, "true");
assert.sameValue(NaN, NaN);
assert.sameValue(-0, -0);
assert.notSameValue(0, -0);
assert.notSameValue(1, "1");
assert.compareArray([1, NaN], [1, NaN]);
assert(!compareArray([1], [1, 2]));
assert.throws(TypeError, function () { undefined.property; });
assert.throws(Test262Error, function () { throw new Test262Error("thrown"); });
assert.throws(Test262Error, function () { Test262Error.thrower("thrown"); });
assert.throws(Test262Error, function () { assert(1); });
assert.throws(Test262Error, function () { assert.sameValue(0, -0); });
assert.throws(Test262Error, function () { assert.sameValue(1, 2, "message"); });
assert.throws(Test262Error, function () { assert.notSameValue(NaN, NaN); });
assert.throws(Test262Error, function () { assert.compareArray([1, 2], [1, 3]); });
assert.throws(Test262Error, function () { assert.throws(Error, function () { throw new TypeError(); }); });
assert.throws(Test262Error, function () { assert.throws(Error, function () { throw 1; }); });
assert.throws(Test262Error, function () { assert.throws(Error, function () {}); });
