// error: C0004 2:1
}
