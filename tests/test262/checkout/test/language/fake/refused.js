/*---
description: not part of the subset
---*/
assert.sameValue(1 == 1, true);
