// error: C0003 2:4
if (x { y() }
