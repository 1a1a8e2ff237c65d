"""How Alembic reaches the database: by the connection `migrate` hands it."""

from alembic import context

from data_sources.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
