export const shared = 2, two = 1;
