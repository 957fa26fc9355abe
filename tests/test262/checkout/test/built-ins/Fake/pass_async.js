/*---
description: the end of an asynchronous test
flags: [async]
---*/
Promise.resolve().then($DONE, $DONE);
