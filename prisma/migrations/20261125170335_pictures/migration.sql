-- CreateTable
CREATE TABLE "picture" (
    "picture_id" SERIAL NOT NULL,
    "bytes" BYTEA NOT NULL,
    "mime_type" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "picture_pkey" PRIMARY KEY ("picture_id")
);

-- CreateTable
CREATE TABLE "picture_link" (
    "token_hash" TEXT NOT NULL,
    "picture_id" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "picture_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "picture_expires_at_idx" ON "picture"("expires_at");

-- CreateIndex
CREATE INDEX "picture_link_picture_id_idx" ON "picture_link"("picture_id");

-- AddForeignKey
ALTER TABLE "picture_link" ADD CONSTRAINT "picture_link_picture_id_fkey" FOREIGN KEY ("picture_id") REFERENCES "picture"("picture_id") ON DELETE CASCADE ON UPDATE CASCADE;
