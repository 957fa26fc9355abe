export interface Only { s: string }
