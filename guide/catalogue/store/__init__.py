"""The desk's database: SQLite beside the data, or PostgreSQL where a town has one."""
