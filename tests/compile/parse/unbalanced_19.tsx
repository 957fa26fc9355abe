// error: C0003 2:1
/* a
