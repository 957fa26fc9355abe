// error: C0002 2:44
function A() { return (<B>{x.map(y => <C />}</B>); }
