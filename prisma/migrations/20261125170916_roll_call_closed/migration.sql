-- AlterTable
ALTER TABLE "meeting" ADD COLUMN     "roll_closed_at" TIMESTAMPTZ(3);
