import { z } from 'zod';

// The page forbids code that is made of text, which zod would otherwise try.
z.config({ jitless: true });
