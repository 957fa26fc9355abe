/*---
description: $DONE gets an error
flags:
  - async
---*/
Promise.reject(new Test262Error("not this")).then($DONE, $DONE);
