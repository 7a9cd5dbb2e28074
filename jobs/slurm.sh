#!/bin/bash
# A share of an experiment on every task of a Slurm array:
#   sbatch --array=1-40 jobs/slurm.sh SPEC.json DATA RESULTS
# A task that was broken off goes on where it stopped when it is submitted again.
#SBATCH --job-name=ecg-experiment
#SBATCH --array=1-40
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --time=24:00:00
#SBATCH --requeue
#SBATCH --output=%x-%A-%a.log

set -euo pipefail

specification=${1:?the specification, as the Experiment page exports it}
data=${2:?the folder of the real records, or the word simulated}
results=${3:?a folder that all tasks can write to}

cd "${SLURM_SUBMIT_DIR:-.}"
# Arrays may begin with any number; shards count from 1.
first=${SLURM_ARRAY_TASK_MIN:-1}
shard=$((${SLURM_ARRAY_TASK_ID:-1} - first + 1))
shards=${SLURM_ARRAY_TASK_COUNT:-1}

# On nodes with graphics cards: ask for one above (#SBATCH --gpus-per-task=1), and add --browser to the call.
npm run --silent ecg -- experiment "$specification" \
  --data "$data" --out "$results" --shard "$shard/$shards"
