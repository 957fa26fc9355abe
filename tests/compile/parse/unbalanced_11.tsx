// error: C0003 2:10
x = `a${b`;
y = 1;
