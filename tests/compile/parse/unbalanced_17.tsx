// error: C0001 3:1
let x = <A />
<B />
