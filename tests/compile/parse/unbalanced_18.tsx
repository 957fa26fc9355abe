// error: C0003 2:5
x = `a
