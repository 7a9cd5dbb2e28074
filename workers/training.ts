import { serve } from "../src/boundary/serve.ts";
import { trainingService } from "../src/services/training/service.ts";

serve(trainingService);
