export type OnlyType = number; export interface AlsoType { x: 1 }
