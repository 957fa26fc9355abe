// error: C0010 2:31
function A() { return <div><B></div>; }
