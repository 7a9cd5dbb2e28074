import { serve } from "../src/boundary/serve.ts";
import { reportService } from "../src/services/reports.ts";

serve(reportService);
