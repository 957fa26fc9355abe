/*---
description: left out by an include
includes: [detachArrayBuffer.js]
---*/
