import type { Draw, DrawModule } from '../../nets/ahead/batches.ts';
import { Lessons, type LessonPlan } from './lessons.ts';

/** The batches of a training. */
export default function drawLessons(plan: LessonPlan): Draw {
  const lessons = new Lessons(plan);
  return (step, x, target) => lessons.draw(step, x, target);
}

/** The same for another thread to draw. */
export const elsewhere = (setup: LessonPlan): DrawModule<LessonPlan> => ({ url: import.meta.url, setup });
