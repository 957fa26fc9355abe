const hidden = 1;
export const value = hidden, y = 2, Default = 3;
