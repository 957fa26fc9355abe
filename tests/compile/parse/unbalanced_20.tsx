// error: C0003 2:14
function A() { return <B c={3 />; }
