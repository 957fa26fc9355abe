/*---
description: $DONE is not called
flags: [async]
---*/
assert(true);
