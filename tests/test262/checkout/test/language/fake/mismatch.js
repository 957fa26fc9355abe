/*---
description: an assertion that does not hold
---*/
assert.sameValue(1 + 1, 3, "a sum");
